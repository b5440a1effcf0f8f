using System.Text.Json;
using Guildhall.Matching;
using Guildhall.Platform;
using Guildhall.Platform.Privacy;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Guildhall.Modules.Pairing;

/// <summary>A mentor whom the lot could have given, without a name.</summary>
/// <param name="Odds">The share of draws in which the mentee had them; 1 where nothing was drawn.</param>
/// <param name="Values">How well the two fit in each factor, 0 to 10,000.</param>
public sealed record ChoiceCandidate(double Odds, IReadOnlyDictionary<Factor, int> Values);

/// <summary>By which weights, and between whom the lot chose with which odds.</summary>
/// <param name="NearTiePoints">Points that counted as no difference; null where nothing was drawn.</param>
/// <param name="Candidates">The chosen one first.</param>
public sealed record HowChosen(IReadOnlyDictionary<Factor, int> Weights, double? NearTiePoints, IReadOnlyList<ChoiceCandidate> Candidates)
{
    /// <summary>Whether the lot decided between two or more.</summary>
    internal bool IsByLot => NearTiePoints is not null && Candidates.Count > 1;
}

/// <summary>How a pair came about. Written when it is approved, and never changed: what is learned later reads nothing else of how pairs were made.</summary>
sealed class PairChoice
{
    PairChoice() { }

    PairChoice(Proposal proposal, MatchedPair pair, MatchSettings settings)
    {
        (ProposalId, ProgramId, MadeAt) = (proposal.Id, proposal.ProgramId, proposal.ApprovedAt);
        How = new(settings.Weights, settings.NearTies?.Points, [.. pair.Candidates.Select(one => new ChoiceCandidate(one.Odds, one.Values))]);
    }

    public Guid ProposalId { get; private set; }
    public Guid ProgramId { get; private set; }
    public DateTimeOffset MadeAt { get; private set; }

    public HowChosen How { get; private set; } = null!;

    /// <summary>The record of a pair; null of a run that was made before candidates were kept.</summary>
    public static PairChoice? Of(Proposal proposal, MatchedPair pair, MatchSettings settings) => pair.Candidates.Count == 0 ? null : new(proposal, pair, settings);

    public static void Map(EntityTypeBuilder<PairChoice> choice)
    {
        choice.HasKey(c => c.ProposalId);
        choice.Property(c => c.ProposalId).ValueGeneratedNever();
        choice.HasIndex(c => c.ProgramId);
        choice.HasOne<Proposal>().WithOne().HasForeignKey<PairChoice>(c => c.ProposalId).OnDelete(DeleteBehavior.Restrict);
        choice.Property(c => c.How).HasColumnType("jsonb").HasConversion(how => JsonSerializer.Serialize(how, JsonColumns.Options), json => JsonSerializer.Deserialize<HowChosen>(json, JsonColumns.Options)!);
        // How well shops fit, with nobody's name or id.
        choice.NotPersonal(c => c.How);
    }
}
