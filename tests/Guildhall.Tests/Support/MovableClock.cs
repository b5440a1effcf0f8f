namespace Guildhall.Tests.Support;

/// <summary>Runs like the real one from noon of 21 November 2026 on, so that the days of tests are never over, and moves ahead by as much as a test says.</summary>
sealed class MovableClock : TimeProvider
{
    TimeSpan ahead = new DateTimeOffset(2026, 11, 21, 12, 0, 0, TimeSpan.Zero) - System.GetUtcNow();

    public void Advance(TimeSpan by) => ahead += by;

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + ahead;
}
