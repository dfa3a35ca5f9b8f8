"""The built-in codebooks: TOML files, and the default one as Python as well."""
