"""Sheets: what a workspace says as tables for a spreadsheet, and what tables say of a workspace."""
