"""A page that changes, on the screen: capturing again, what changed, earlier versions."""
