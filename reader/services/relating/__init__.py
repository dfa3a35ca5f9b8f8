"""What one says of how statements are related, and of the evidence for them."""
