"""How the app looks: themes, signs, and keeping what is chosen."""
