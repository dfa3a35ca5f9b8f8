"""The library's health: examination, copies, what could not be saved."""
