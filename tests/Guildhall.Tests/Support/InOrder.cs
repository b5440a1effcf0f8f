namespace Guildhall.Tests.Support;

/// <summary>Ids that ascend, as the product gives them to rows made one after another. Statistics take sellers by their ids: made in one instant, the same figures would be read in another order in every run, and an interval that misses 5 of 100 times would fail as often.</summary>
static class InOrder
{
    public static Guid[] Ids(DateTimeOffset first, int many) => [.. Enumerable.Range(0, many).Select(n => Guid.CreateVersion7(first.AddMilliseconds(n)))];
}
