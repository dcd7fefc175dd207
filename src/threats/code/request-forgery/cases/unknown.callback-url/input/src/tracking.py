import requests


def track(carrier: str, number: str) -> dict:
    return requests.get(f"https://{carrier}.example/track/{number}", timeout=5).json()
