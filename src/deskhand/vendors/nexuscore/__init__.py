"""NexusCore: brands, threads, replies, files, search. Facts: https://support.nexuscore.cloud/docs/."""
