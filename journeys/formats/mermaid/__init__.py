"""Journeys as Mermaid diagrams, which documents and code hosts draw.

The syntax is that of Mermaid 11: https://mermaid.js.org/syntax/flowchart.html and
https://mermaid.js.org/syntax/userJourney.html.
"""
