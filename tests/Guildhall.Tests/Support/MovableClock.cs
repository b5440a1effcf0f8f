namespace Guildhall.Tests.Support;

/// <summary>The real time, moved ahead by as much as a test says.</summary>
sealed class MovableClock : TimeProvider
{
    TimeSpan ahead;

    public void Advance(TimeSpan by) => ahead += by;

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + ahead;
}
