"""An index on disk, checked before it is believed."""
