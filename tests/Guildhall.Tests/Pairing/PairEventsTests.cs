using System.Text.Json;
using Guildhall.Modules.Enrollment;
using Guildhall.Modules.Pairing;
using Guildhall.Platform;
using Guildhall.Tests.Support;

namespace Guildhall.Tests.Pairing;

/// <summary>The rest of the product hears what becomes of a pair, once, and not of what nobody saw.</summary>
public sealed class PairEventsTests(RunningProduct product) : IClassFixture<RunningProduct>
{
    [Fact]
    public async Task Tell_of_a_pair_once_both_have_accepted()
    {
        var scene = await MeetScene.GivenSigned(product);
        await scene.Accept(scene.Mentor, Side.Mentor);
        var after = await Published<PairAccepted>(scene);
        await scene.Accept(scene.Mentee, Side.Mentee);
        await scene.Accept(scene.Mentee, Side.Mentee);

        after.ShouldBeEmpty();
        var accepted = (await Published<PairAccepted>(scene)).ShouldHaveSingleItem();
        (accepted.MenteeSellerId, accepted.MentorSellerId).ShouldBe((scene.Mentee.SellerId, scene.Mentor.SellerId));
        accepted.ProgramId.ShouldBe(await product.Database.ScalarAsync<Guid>($"SELECT program_id FROM pairing.proposal WHERE id = '{accepted.ProposalId}'"));
        (await Published<PairEnded>(scene)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Tell_who_declined()
    {
        var scene = await MeetScene.GivenSigned(product);
        var id = await scene.Pair();
        (await product.Ask<AnswerMatch, Result<Proposal>>(answer => answer.Decline(id, Side.Mentor, scene.Mentor.Actor, DeclineReason.NoTime, null, null, TestContext.Current.CancellationToken))).Refusal.ShouldBeNull();

        var ended = (await Published<PairEnded>(scene)).ShouldHaveSingleItem();
        (ended.How, ended.WasActive, ended.MentorSellerId).ShouldBe((PairEnding.MentorDeclined, false, scene.Mentor.SellerId));
    }

    [Fact]
    public async Task Tell_that_nobody_answered()
    {
        var scene = await MeetScene.GivenAsked(product);
        product.Clock.Advance(Proposal.ReplyTime);
        await scene.Expire();

        (await Published<PairEnded>(scene)).ShouldHaveSingleItem().How.ShouldBe(PairEnding.NoAnswer);
    }

    [Fact]
    public async Task Tell_of_a_pair_that_staff_took_back_where_somebody_could_have_seen_it()
    {
        var (seen, unseen) = (await MeetScene.GivenAsked(product), await MeetScene.GivenApproved(product));
        foreach (var scene in new[] { seen, unseen }) (await scene.Scene.Program.Manager.Post($"{scene.Pairs}/{await scene.Pair()}/withdraw")).Location.ShouldNotBeNull();

        (await Published<PairEnded>(seen)).ShouldHaveSingleItem().How.ShouldBe(PairEnding.TakenBack);
        (await Published<PairEnded>(unseen)).ShouldBeEmpty();
        (await unseen.State()).ShouldBe("Withdrawn");
    }

    async Task<List<TEvent>> Published<TEvent>(MeetScene scene) where TEvent : Guildhall.Platform.Events.IEvent =>
        [.. JsonSerializer.Deserialize<List<TEvent>>(await product.Database.ScalarAsync<string>(
            $"SELECT coalesce(jsonb_agg(payload), '[]')::text FROM platform.event WHERE type = '{TEvent.TypeName}' AND payload ->> 'proposalId' = '{await scene.Pair()}'"), JsonColumns.Options)!];
}
