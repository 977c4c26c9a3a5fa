"""Shares of customers, against enumeration in fractions and a long independent iteration."""
