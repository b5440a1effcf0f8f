namespace Guildhall.Matching;

/// <summary>What pairs count with when the best are looked for, where that isn't their score alone.</summary>
interface IHandicap
{
    /// <summary>A possible pair's score with the handicap, in millionths, at least 1 and at most the score itself or 2.</summary>
    int Of(int i, int j, int score);
}
