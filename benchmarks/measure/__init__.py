"""What the benchmarks share: pictures, rendering without encoding, tracking, rules, reports. No thresholds."""
