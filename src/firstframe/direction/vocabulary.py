"""The words of film as data: camera moves, scene motions and the bracket commands of the hosted model."""

from __future__ import annotations

CAMERA_MOVES = (
    "pan_left pan_right tilt_up tilt_down truck_left truck_right pedestal_up pedestal_down push_in pull_out "
    "zoom_in zoom_out orbit_left orbit_right roll_left roll_right dolly_zoom rack_focus shake tracking static"
).split()

SCENE_MOTIONS = "hair cloth foliage water flow clouds fire smoke fog rain snow particles light breathing".split()
