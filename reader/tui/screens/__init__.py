"""The screens: they wire widgets to services."""
