"""What is done with the library as a whole: its articles listed, filtered, sorted, changed."""
