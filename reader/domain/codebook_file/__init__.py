"""The codebook's file: what it has to keep to, and how it is changed."""
