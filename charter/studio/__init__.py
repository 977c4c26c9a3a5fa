"""The app: a charter's workspace shown and explored in the browser."""
