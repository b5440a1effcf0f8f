namespace Guildhall.Tests.Support;

/// <summary>Runs like the real one from noon of 21 November 2026 on, so that the days of tests are never over, and moves ahead by as much as a test says.</summary>
sealed class MovableClock : TimeProvider
{
    DateTimeOffset? standing;
    TimeSpan ahead = new DateTimeOffset(2026, 11, 21, 12, 0, 0, TimeSpan.Zero) - System.GetUtcNow();

    public void Advance(TimeSpan by)
    {
        ahead += by;
        standing += by;
    }

    /// <summary>Moves by nothing but <see cref="Advance"/> from now on.</summary>
    public void Stand() => standing = GetUtcNow();

    public override DateTimeOffset GetUtcNow() => standing ?? base.GetUtcNow() + ahead;
}
