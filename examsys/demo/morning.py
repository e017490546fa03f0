def play(room_id: str) -> dict[str, str]:
    return {}
