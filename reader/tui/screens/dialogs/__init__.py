"""Small modal screens that ask one thing and give back one value. Import each when it is needed."""
