using System.Text;
using Guildhall.Modules.Enrollment;
using Guildhall.Modules.Sellers;
using Guildhall.Platform;
using Guildhall.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Tests.Enrollment;

/// <summary>Two managers bring the same sellers in at the same moment: the database lets one of them, and the other is told.</summary>
public sealed class JoiningAtOnceTests(RunningProduct product) : IClassFixture<RunningProduct>
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Tells_the_second_of_two_who_add_the_same_seller_from_the_finder()
    {
        var (scene, ids) = await GivenSellers("ana", "bo");

        var answers = await AtOnce(() => product.Ask<AddFromFinder, Result<int>>(add => add.Mentors(scene.Slug, ids, 3, Stop)));

        answers.Count(answer => answer.Refusal is null && answer.Value == 2).ShouldBe(1);
        answers.Single(answer => answer.Refusal is not null).Refusal!.ShouldSatisfyAllConditions(
            refusal => refusal.Kind.ShouldBe(RefusalKind.Conflict),
            refusal => refusal.Message.ShouldBe("Somebody else brought some of these sellers in at the same moment. Theirs are in and nobody was added by you. Look at the list, then choose again."));
        (await Participants(scene)).ShouldBe(2);
    }

    [Fact]
    public async Task Tells_the_second_of_two_who_bring_the_same_file_in()
    {
        var (scene, _) = await GivenSellers("ana", "bo");
        var file = $"id,capacity\n{scene.Id("ana")},2\n{scene.Id("bo")},2\n";

        var answers = await AtOnce(() => product.Ask<BringInParticipants, Result<BringInParticipants.Outcome>>(bring => bring.FromFile(scene.Slug, Side.Mentor, "mentors.csv", new MemoryStream(Encoding.UTF8.GetBytes(file)), Stop)));

        answers.Count(answer => answer.Refusal is null && answer.Value.Added == 2).ShouldBe(1);
        answers.Single(answer => answer.Refusal is not null).Refusal!.ShouldSatisfyAllConditions(
            refusal => refusal.Kind.ShouldBe(RefusalKind.Conflict),
            refusal => refusal.Message.ShouldContain("nothing of the file was taken"));
        (await Participants(scene)).ShouldBe(2);
    }

    [Fact]
    public async Task Tells_the_second_of_two_who_update_the_same_people_by_file()
    {
        var (scene, ids) = await GivenSellers("ana");
        (await product.Ask<AddFromFinder, Result<int>>(add => add.Mentors(scene.Slug, ids, 1, Stop))).Value.ShouldBe(1);
        var places = 1;

        var answers = await AtOnce(() =>
        {
            var file = $"id,capacity\n{scene.Id("ana")},{Interlocked.Increment(ref places)}\n";
            return product.Ask<BringInParticipants, Result<BringInParticipants.Outcome>>(bring => bring.FromFile(scene.Slug, Side.Mentor, "mentors.csv", new MemoryStream(Encoding.UTF8.GetBytes(file)), Stop));
        });

        answers.Count(answer => answer.Refusal is null && answer.Value.Updated == 1).ShouldBe(1);
        answers.Count(answer => answer.Refusal is { Kind: RefusalKind.Conflict }).ShouldBe(1);
    }

    [Fact]
    public async Task Tells_the_second_of_two_who_assume_the_same_profiles()
    {
        var (scene, ids) = await GivenSellers("ana", "bo");
        (await product.Ask<AddFromFinder, Result<int>>(add => add.Mentors(scene.Slug, ids, 1, Stop))).Value.ShouldBe(2);

        var answers = await AtOnce(() => product.Ask<AssumeProfiles, Result<int>>(assume => assume.Run(new AssumeProfiles.Input(scene.Slug, 7, "pt", "America/Sao_Paulo"), Stop)));

        answers.Count(answer => answer.Refusal is null && answer.Value == 2).ShouldBe(1);
        answers.Single(answer => answer.Refusal is not null).Refusal!.ShouldSatisfyAllConditions(
            refusal => refusal.Kind.ShouldBe(RefusalKind.Conflict),
            refusal => refusal.Message.ShouldContain("Their change is kept and nobody was given a profile."));
    }

    /// <summary>Two calls that have both read, and both wait to write, before either may.</summary>
    async Task<T[]> AtOnce<T>(Func<Task<T>> call)
    {
        await using var db = product.Database.NewDb();
        await using var hold = await db.Database.BeginTransactionAsync(Stop);
        await db.Database.ExecuteSqlRawAsync("LOCK TABLE enrollment.participant IN SHARE MODE", Stop);
        Task<T>[] calls = [Task.Run(call, Stop), Task.Run(call, Stop)];
        var waiting = 0L;
        while (waiting < 2 && !calls.Any(one => one.IsCompleted))
        {
            await Task.Delay(20, Stop);
            waiting = await product.Database.ScalarAsync<long>("SELECT count(*) FROM pg_locks WHERE NOT granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database())");
        }

        waiting.ShouldBe(2);
        await hold.CommitAsync(Stop);
        return await Task.WhenAll(calls);
    }

    async Task<(ProgramScene Scene, IReadOnlyCollection<Guid> Sellers)> GivenSellers(params string[] names)
    {
        var scene = await ProgramScene.GivenProgram(product);
        await scene.GivenSellers(names);
        var ids = await product.Ask<SellerLookup, IReadOnlyDictionary<string, Guid>>(sellers => sellers.IdsOf([.. names.Select(scene.Id)], Stop));
        return (scene, [.. ids.Values]);
    }

    Task<long> Participants(ProgramScene scene) => product.Database.ScalarAsync<long>($"SELECT count(*) FROM enrollment.participant e JOIN programs.program p ON p.id = e.program_id WHERE p.slug = '{scene.Slug}'");
}
