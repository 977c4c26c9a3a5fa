"""What to do first, told: in sentences, for a terminal and for machines."""
