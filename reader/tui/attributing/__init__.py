"""Who says what: the picker of sources, voice and speech act, and the list of sources."""
