"""What keeps the outside out: values at the door, escaping, isolated processes, locks, checked files."""
