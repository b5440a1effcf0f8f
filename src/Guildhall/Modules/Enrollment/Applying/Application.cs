using System.Text.Json;
using Guildhall.Modules.Programs;
using Guildhall.Platform;
using Guildhall.Platform.Privacy;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Guildhall.Modules.Enrollment;

/// <summary>Where an application stands.</summary>
public enum ApplicationState
{
    /// <summary>Being filled in. Nobody but the shop sees it.</summary>
    Draft,

    /// <summary>Sent, and waiting for a decision.</summary>
    Sent,

    /// <summary>On the waiting list: good enough, and no place yet.</summary>
    Waiting,

    /// <summary>Taken in: a participant by now.</summary>
    Accepted,

    Declined,

    /// <summary>Taken back by the shop.</summary>
    Withdrawn,
}

/// <summary>A shop's wish to take part in a program on one side: its answers, kept page by page, and what was decided.</summary>
sealed class Application
{
    public const int ReasonLimit = 1_000;

    Application() { }

    Application(Guid programId, ShopActor shop, Side side, DateTimeOffset now)
    {
        Id = Guid.CreateVersion7(now);
        (ProgramId, SellerId, AccountId, PersonName, Side, StartedAt) = (programId, shop.SellerId, shop.AccountId, shop.Name, side, now);
    }

    public Guid Id { get; private set; }
    public Guid ProgramId { get; private set; }
    public Guid SellerId { get; private set; }

    /// <summary>Who fills it in for the shop.</summary>
    public Guid AccountId { get; private set; }
    public string PersonName { get; private set; } = "";
    public Side Side { get; private set; }
    public ApplicationState State { get; private set; }
    public ApplicationAnswers Answers { get; private set; } = new();
    public DateTimeOffset StartedAt { get; private set; }
    public DateTimeOffset? SentAt { get; private set; }
    public DateTimeOffset? DecidedAt { get; private set; }
    public Guid? DecidedBy { get; private set; }

    /// <summary>Why it was decided so, as the shop reads it.</summary>
    public string? Reason { get; private set; }

    /// <summary>The level of help that the potential of a mentee spoke for when they were accepted, and the one that was given.</summary>
    public TierName? ProposedTier { get; private set; }
    public TierName? Tier { get; private set; }

    /// <summary>Why it is another than the proposed one.</summary>
    public string? TierReason { get; private set; }

    /// <summary>What a declined mentor said against it, once.</summary>
    public string? Appeal { get; private set; }

    public uint RowVersion { get; private set; }

    public bool IsOpen => State is not (ApplicationState.Declined or ApplicationState.Withdrawn);

    public static Application Start(ProgramFacts program, ShopActor shop, Side side, DateTimeOffset now) => new(program.Id, shop, side, now);

    /// <summary>Keeps what one page said. Answers can be changed until they are sent, and a mentee's until they are decided on.</summary>
    public Result<Application> Say(ApplicationAnswers answers)
    {
        if (State is not (ApplicationState.Draft or ApplicationState.Sent or ApplicationState.Waiting)) return Decided;
        Answers = answers;
        return this;
    }

    public Result<Application> Send(DateTimeOffset now)
    {
        if (State != ApplicationState.Draft) return Refusal.Conflict("sent_already", "This application was sent already. Nothing was sent twice.");
        (State, SentAt) = (ApplicationState.Sent, now);
        return this;
    }

    public Result<Application> Withdraw(DateTimeOffset now)
    {
        if (State is not (ApplicationState.Draft or ApplicationState.Sent or ApplicationState.Waiting)) return Decided;
        (State, DecidedAt) = (ApplicationState.Withdrawn, now);
        return this;
    }

    /// <summary>Decides on what was sent or waits.</summary>
    public Result<Application> Decide(ApplicationState decision, string? reason, Actor by, DateTimeOffset now)
    {
        if (State is not (ApplicationState.Sent or ApplicationState.Waiting)) return Refusal.Conflict("decided_already", $"This application is {StateName(State).ToLowerInvariant()} by now. Nothing was changed.");
        if (decision is not (ApplicationState.Accepted or ApplicationState.Waiting or ApplicationState.Declined)) throw new ArgumentOutOfRangeException(nameof(decision), decision, "Not a decision.");
        if (Appeal is not null && by.AccountId == DecidedBy) return Refusal.Conflict("own_decision", "You declined this application before. Somebody else decides on the appeal. Nothing was changed.");
        reason = reason?.Trim();
        if (decision == ApplicationState.Declined && string.IsNullOrEmpty(reason)) return Refusal.Invalid("reason", "Enter the reason. It is sent to the shop.", "Reason");
        if (reason?.Length > ReasonLimit) return Refusal.Invalid("reason_long", $"Enter a reason of up to {ReasonLimit:N0} characters.", "Reason");
        (State, Reason, DecidedBy, DecidedAt) = (decision, string.IsNullOrEmpty(reason) ? null : reason, by.AccountId, now);
        return this;
    }

    /// <summary>Gives an accepted mentee their level of help. Another than the proposed one needs a reason.</summary>
    public Refusal? Place(TierProposal proposal, TierName? chosen, string? reason)
    {
        reason = reason?.Trim();
        var tier = chosen ?? proposal.Tier;
        if (tier != proposal.Tier && string.IsNullOrEmpty(reason)) return Refusal.Invalid("tier_reason", $"Enter why it is {TierProposal.NameOf(tier)} and not {TierProposal.NameOf(proposal.Tier)}, which the figures speak for.", "TierReason");
        if (reason?.Length > ReasonLimit) return Refusal.Invalid("tier_reason_long", $"Enter a reason of up to {ReasonLimit:N0} characters.", "TierReason");
        (ProposedTier, Tier, TierReason) = (proposal.Tier, tier, tier == proposal.Tier ? null : reason);
        return null;
    }

    /// <summary>Asks for a second look at a declined mentor's application. Somebody else than who declined it decides then.</summary>
    public Result<Application> AppealAgainst(string words)
    {
        words = words.Trim();
        if (State != ApplicationState.Declined || Side != Side.Mentor) return Refusal.Conflict("not_declined", "There is no decision to appeal against. Nothing was changed.");
        if (Appeal is not null) return Refusal.Conflict("appealed", "This decision was looked at a second time already. You can apply again.");
        if (words.Length == 0 || words.Length > ReasonLimit) return Refusal.Invalid("appeal", $"Write what was overlooked, up to {ReasonLimit:N0} characters.", "Appeal");
        (State, Appeal) = (ApplicationState.Sent, words);
        return this;
    }

    static Refusal Decided => Refusal.Conflict("decided_already", "This application was decided on or taken back meanwhile. Nothing was changed.");

    public static string StateName(ApplicationState state) => state switch
    {
        ApplicationState.Draft => "Not sent yet",
        ApplicationState.Sent => "To decide",
        ApplicationState.Waiting => "On the waiting list",
        ApplicationState.Accepted => "Accepted",
        ApplicationState.Declined => "Declined",
        ApplicationState.Withdrawn => "Taken back",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "No such state."),
    };

    public static void Map(EntityTypeBuilder<Application> application)
    {
        // One open application of a shop to a program: the database refuses the second of two that are started at once.
        application.HasIndex(a => new { a.ProgramId, a.SellerId }).IsUnique().HasFilter("state not in ('Declined', 'Withdrawn')");
        application.HasIndex(a => a.SellerId);
        application.HasIndex(a => new { a.ProgramId, a.State, a.SentAt });
        application.Property(a => a.PersonName).HasMaxLength(Participant.NameLimit);
        application.Property(a => a.Reason).HasMaxLength(ReasonLimit);
        application.Property(a => a.TierReason).HasMaxLength(ReasonLimit);
        application.Property(a => a.Appeal).HasMaxLength(ReasonLimit);
        application.Property(a => a.RowVersion).IsRowVersion();
        application.Property(a => a.Answers).HasColumnType("jsonb").HasConversion(
            answers => JsonSerializer.Serialize(answers, JsonColumns.Options), json => JsonSerializer.Deserialize<ApplicationAnswers>(json, JsonColumns.Options)!);
        application.BelongsToSeller(a => a.SellerId).Personal(a => a.Answers, a => a.Reason, a => a.TierReason, a => a.Appeal).PersonalOfAccount(a => a.AccountId, a => a.PersonName);
    }
}
