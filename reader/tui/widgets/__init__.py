"""The widgets: they draw."""
