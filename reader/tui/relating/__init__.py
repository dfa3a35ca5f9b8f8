"""The screens of relations, evidence and claims."""
