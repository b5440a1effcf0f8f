using Guildhall.Platform.Events;

namespace Guildhall.Tests.Architecture;

public class ModuleArrowsTests
{
    static readonly Type[] Types = [.. typeof(ModuleList).Assembly.GetTypes()];

    static string? ModuleOf(Type type) =>
        type.Namespace?.Split('.') is ["Guildhall", "Modules", var module, ..] ? module : null;

    static IEnumerable<(Type From, Type To)> Arrows(IEnumerable<Type> types) =>
        from type in types from used in CompiledReferences.Of(type) select (type, used);

    static string? Breach(Type from, Type to) => (ModuleOf(from), ModuleOf(to)) switch
    {
        (null, { } module) when from.Namespace?.StartsWith("Guildhall.Platform", StringComparison.Ordinal) == true => $"Platform knows {module}: {from} uses {to}",
        // Whoever handles a public event is called by nobody, so it is no arrow; nor are the words of a closed list that events tell with.
        ({ } user, { } used) when user != used && to.IsVisible && IsTold(to) => null,
        ({ } user, { } used) when user != used && !ModuleArrows.Allowed[user].Contains(used) => $"{user} may not use {used}: {from} uses {to}",
        ({ } user, { } used) when user != used && !to.IsVisible => $"{to} is {used}'s own: {from} may only use what is public",
        _ => null,
    };

    static bool IsTold(Type type) => type.IsAssignableTo(typeof(IEvent)) || Types.Any(other => other.IsAssignableTo(typeof(IEvent)) && type.IsEnum && other.GetProperties().Any(property => property.PropertyType == type));

    [Fact]
    public void Modules_use_only_what_the_table_allows_and_only_what_is_public()
    {
        var arrows = Arrows(Types).ToList();

        arrows.Count(arrow => ModuleOf(arrow.From) is { } from && ModuleOf(arrow.To) is { } to && from != to).ShouldBeGreaterThan(5, "nothing was looked at");
        arrows.Select(arrow => Breach(arrow.From, arrow.To)).Where(breach => breach is not null).Distinct().ShouldBeEmpty();
    }

    [Fact]
    public void Every_module_stands_in_the_table_and_in_the_list()
    {
        var folders = Types.Select(ModuleOf).OfType<string>().Distinct().Order().ToList();

        folders.ShouldBe(ModuleArrows.Allowed.Keys.Order());
        folders.ShouldBe(ModuleList.All.Select(module => ModuleOf(module.GetType())!).Order());
    }

    [Fact]
    public void A_wrong_arrow_is_seen()
    {
        var (people, enrollment) = (Types.First(type => ModuleOf(type) == "People"), Types.First(type => ModuleOf(type) == "Enrollment"));
        var platform = Types.First(type => type.Namespace == "Guildhall.Platform");

        Breach(people, enrollment).ShouldNotBeNull();
        Breach(platform, people).ShouldNotBeNull();
        CompiledReferences.Of(typeof(UsesATypeInABodyOnly)).ShouldContain(typeof(SeenOnlyInABody));
    }

    sealed class SeenOnlyInABody;

    static class UsesATypeInABodyOnly
    {
        public static string Name() => typeof(SeenOnlyInABody).Name;
    }
}
