"""Between the screen and the library: the thread, the saver, what happens when it fails."""
