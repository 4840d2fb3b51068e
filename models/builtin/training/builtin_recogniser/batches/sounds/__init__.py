"""Synthesised sounds that are not speech."""
