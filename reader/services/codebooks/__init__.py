"""Codebooks: found, used, changed; tags found by what judgements say."""
