"""Figures beside their floors, measured in one run on one machine."""
