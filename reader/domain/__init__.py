"""What the app is about, as frozen values and pure functions; standard library only."""
