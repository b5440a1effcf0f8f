namespace Guildhall.Modules.Pairing;

/// <summary>A pair that stood, with what its mentee gained.</summary>
/// <param name="Mentor">Pairs of one mentor share a number.</param>
/// <param name="MentorYears">Years since the mentor signed up; NaN where that is not known.</param>
/// <param name="MentorMentees">How many mentees the mentor got in the same run.</param>
/// <param name="Gain">How much more the mentee's orders grew than those of similar sellers: midpoint growth, −4 to 4.</param>
sealed record LearningRow(HowChosen How, int Mentor, double MentorYears, int MentorMentees, double Gain);

/// <summary>Everything that is learned from, as of a day.</summary>
/// <param name="DataThrough">The last day of figures that counts; null before the first import.</param>
/// <param name="Mentees">Mentees whose pair stood and whose choice is kept.</param>
/// <param name="TooNew">Of those, the ones whose weeks after joining aren't over.</param>
/// <param name="Rows">The ones whose gain could be told, in the order of their pairs.</param>
sealed record LearningStudy(DateOnly? DataThrough, int Mentees, int TooNew, IReadOnlyList<LearningRow> Rows);
