"""What articles tell of one event, brought together: its tolls, as they were told and as they stand."""
