using System.Net;
using Guildhall.Modules.Enrollment;
using Guildhall.Modules.Programs;
using Guildhall.Platform;
using Guildhall.Tests.Pairing;
using Guildhall.Tests.Support;

namespace Guildhall.Tests.Enrollment;

/// <summary>People who go on in another program.</summary>
public sealed class MoveParticipantsTests(RunningProduct product) : IClassFixture<RunningProduct>
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Moves_somebody_with_what_they_said()
    {
        var (from, to) = await GivenTwoPrograms();
        await from.BringIn("mentee", $"id,name,languages\n{from.Id("ana")},Ana Lima,pt:native\n");
        var id = await ParticipantOf(from, "ana");
        var page = await from.Manager.Page($"{from.People}/{id}");

        var moved = await from.Manager.Post($"{from.People}/{id}/move", ("To", to.Slug), ("seen", page.QuerySelector("input[name=seen]")!.GetAttribute("value")!));
        var there = await from.Manager.Get(moved.Location!);

        page.QuerySelectorAll("#To option").Select(option => option.GetAttribute("value")).ShouldContain(to.Slug);
        page.QuerySelectorAll("#To option").Select(option => option.GetAttribute("value")).ShouldNotContain(from.Slug);
        moved.Location.ShouldBe($"{to.People}/{id}?did=moved");
        there.Heading.ShouldBe("Ana Lima");
        there.Page.QuerySelector("#Languages")!.GetAttribute("value").ShouldBe("pt:native");
        (await from.Manager.Get($"{from.People}/{id}")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Moves_all_or_none()
    {
        var (from, to) = await GivenTwoPrograms();
        await from.BringIn("mentee", $"id\n{from.Id("ana")}\n{from.Id("bo")}\n");
        await to.BringIn("mentor", $"id,capacity\n{from.Id("bo")},2\n");
        Guid[] both = [await ParticipantOf(from, "ana"), await ParticipantOf(from, "bo")];
        var before = await from.Everybody();

        var refused = await Move(from, to, both);
        var stranger = await Move(from, to, both[0], Guid.CreateVersion7());
        var unchanged = await from.Everybody();
        var moved = await Move(from, to, both[0]);

        refused.Refusal!.Message.ShouldBe($"1 of these 2 people are in First 90 Days, {to.Slug["first-90-days-".Length..].Replace("cohort-", "Cohort ", StringComparison.Ordinal)} already. Nobody was moved.");
        stranger.Refusal!.Kind.ShouldBe(RefusalKind.NotFound);
        unchanged.ShouldBe(before);
        moved.Value.Slug.ShouldBe(to.Slug);
    }

    [Fact]
    public async Task Moves_only_to_a_program_that_is_open()
    {
        var (from, _) = await GivenTwoPrograms();
        var draft = await from.GivenAnotherProgram();
        await from.BringIn("mentee", $"id\n{from.Id("ana")}\n");
        var id = await ParticipantOf(from, "ana");

        (await Move(from, draft, id)).Refusal!.Code.ShouldBe("not_open");
        (await Move(from, from, id)).Refusal!.Code.ShouldBe("no_program");
        (await Move(from, draft)).Refusal!.Code.ShouldBe("not_open");
        (await from.Manager.Post($"{from.People}/{id}/move", ("To", "nothing"))).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task Keeps_who_stands_in_an_approved_pair()
    {
        var pair = await PairingScene.Given(product, mentees: 1, mentors: 1, places: 1);
        await pair.GivenRun();
        await pair.Approve(1);
        var to = await pair.Program.GivenAnotherProgram();
        await Open(to);
        var people = await product.Ask<EnrollmentLookup, IReadOnlyList<EnrolledSeller>>(async enrollment => await enrollment.Of((await Facts(pair.Program)).Id, Stop));

        foreach (var person in people)
        {
            var refused = await Move(pair.Program, to, person.Id);
            refused.Refusal!.Code.ShouldBe("in_approved_pair");
        }

        people.Count.ShouldBe(2);
        (await Move(pair.Program, to, [.. people.Select(person => person.Id)])).Refusal!.Message.ShouldContain("is in an approved pair with");
    }

    [Fact]
    public async Task Lets_one_of_two_moves_at_once_through()
    {
        var (from, to) = await GivenTwoPrograms();
        var third = await from.GivenAnotherProgram();
        await Open(third);
        await from.BringIn("mentee", $"id\n{from.Id("ana")}\n{from.Id("bo")}\n");
        Guid[] both = [await ParticipantOf(from, "ana"), await ParticipantOf(from, "bo")];

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(at => Move(from, at % 2 == 0 ? to : third, both)));

        answers.Count(answer => answer.Refusal is null).ShouldBe(1);
        (await product.Database.ScalarAsync<long>($"SELECT count(DISTINCT program_id) FROM enrollment.participant WHERE id IN ('{both[0]}', '{both[1]}')")).ShouldBe(1);
    }

    async Task<(ProgramScene From, ProgramScene To)> GivenTwoPrograms()
    {
        var from = await ProgramScene.GivenProgram(product);
        var to = await from.GivenAnotherProgram();
        await Open(from);
        await Open(to);
        await from.GivenSellers("ana", "bo");
        return (from, to);
    }

    static async Task Open(ProgramScene scene) => (await scene.Manager.Post(
        $"/manage/{scene.Slug}/setup/publish", ("seen", (await scene.Manager.Page($"/manage/{scene.Slug}/setup/name")).QuerySelector("input[name=seen]")!.GetAttribute("value")!))).Location.ShouldNotBeNull();

    Task<Guid> ParticipantOf(ProgramScene scene, string name) => product.Database.ScalarAsync<Guid>(
        $"SELECT p.id FROM enrollment.participant p JOIN sellers.seller s ON s.id = p.seller_id JOIN programs.program g ON g.id = p.program_id WHERE s.external_id = '{scene.Id(name)}' AND g.slug = '{scene.Slug}'");

    Task<ProgramFacts> Facts(ProgramScene scene) => product.Ask<ProgramLookup, ProgramFacts>(async programs => (await programs.BySlug(scene.Slug, Stop))!);

    Task<Result<ProgramFacts>> Move(ProgramScene from, ProgramScene to, params Guid[] ids) => product.Ask<MoveParticipants, Result<ProgramFacts>>(move => move.Run(new(from.Slug, ids, to.Slug), Stop));
}
