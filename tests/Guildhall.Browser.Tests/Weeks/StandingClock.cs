namespace Guildhall.Browser.Tests.Weeks;

/// <summary>Stands still until it is moved: twelve weeks pass in a minute, and nothing happens between two moments.</summary>
sealed class StandingClock(DateTimeOffset start) : TimeProvider
{
    public DateTimeOffset Now { get; private set; } = start;

    public override DateTimeOffset GetUtcNow() => Now;

    public void MoveTo(DateTimeOffset moment) => Now = moment > Now ? moment : Now;

    /// <summary>What somebody does takes a moment, so that of two deeds one was first.</summary>
    public void Tick() => Now = Now.AddSeconds(1);
}
