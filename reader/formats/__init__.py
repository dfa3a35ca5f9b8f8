"""Exporters and importers, one module each."""
