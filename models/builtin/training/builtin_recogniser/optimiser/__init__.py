"""Muon for the matrices inside the network, AdamW for everything else."""
