namespace Certhelper.Core.Certification;

/// <summary>What a shifter says of one detector component.</summary>
public enum ComponentVerdict
{
    Good,
    Bad,
    Excluded,
}

/// <summary>Whether the tracker maps of the run exist.</summary>
public enum TrackerMapState
{
    Exists,
    Missing,
}

/// <summary>The three things that are certified.</summary>
public enum Component
{
    Pixel,
    Strip,
    Tracking,
}
