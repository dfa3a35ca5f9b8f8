"""Proposals on the reading screen: shown beside what is marked, decided on with a key."""
