namespace Guildhall.Tests.Support;

/// <summary>Runs like the real one from noon of 21 November 2026 on, so that the days of tests are never over, and moves ahead by as much as a test says.</summary>
sealed class MovableClock : TimeProvider
{
    // Ticks, because the product reads them from many threads; 0 while the clock runs.
    long standing;
    TimeSpan ahead = new DateTimeOffset(2026, 11, 21, 12, 0, 0, TimeSpan.Zero) - System.GetUtcNow();

    public void Advance(TimeSpan by)
    {
        ahead += by;
        if (Volatile.Read(ref standing) > 0) Interlocked.Add(ref standing, by.Ticks);
    }

    /// <summary>Moves by nothing but <see cref="Advance"/> from now on.</summary>
    public void Stand() => Volatile.Write(ref standing, GetUtcNow().UtcTicks);

    public override DateTimeOffset GetUtcNow() => Volatile.Read(ref standing) is > 0 and var at ? new(at, TimeSpan.Zero) : base.GetUtcNow() + ahead;
}
