using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Guildhall.Modules.Pairing;

enum ProposalState { Approved, Withdrawn }

/// <summary>One pair of an approved run, with its score. Nobody has been told yet.</summary>
sealed class Proposal
{
    Proposal() { }

    public Proposal(Guid runId, Guid programId, Guid menteeId, Guid mentorId, int scoreMillionths, DateTimeOffset now)
    {
        Id = Guid.CreateVersion7(now);
        (RunId, ProgramId, MenteeId, MentorId, ScoreMillionths, ApprovedAt) = (runId, programId, menteeId, mentorId, scoreMillionths, now);
    }

    public Guid Id { get; private set; }
    public Guid RunId { get; private set; }
    public Guid ProgramId { get; private set; }

    /// <summary>The mentee's participant id, as Enrollment knows it.</summary>
    public Guid MenteeId { get; private set; }

    /// <summary>The mentor's participant id, as Enrollment knows it.</summary>
    public Guid MentorId { get; private set; }

    public int ScoreMillionths { get; private set; }
    public ProposalState State { get; private set; }
    public DateTimeOffset ApprovedAt { get; private set; }

    public static void Map(EntityTypeBuilder<Proposal> proposal)
    {
        proposal.HasIndex(p => p.RunId);
        proposal.HasIndex(p => p.MentorId);
        // A mentee stands in one approved proposal of a program at a time; of two approvals at once the database refuses the second.
        proposal.HasIndex(p => new { p.ProgramId, p.MenteeId }).IsUnique().HasFilter("state = 'Approved'");
    }
}
