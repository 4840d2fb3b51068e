"""What training minimises: the transducer's loss, and two that help it to begin."""
