using System.Reflection;
using Guildhall.Platform.Events;
using Guildhall.Platform.Privacy;
using Guildhall.Tests.Support;

namespace Guildhall.Tests.Governance;

/// <summary>Every column that could hold something of a person says whether it does, and whose it is.</summary>
public sealed class DataClassTests(DatabaseFixture database) : IClassFixture<DatabaseFixture>
{
    [Fact]
    public void Are_said_of_every_column_of_text_documents_or_bytes()
    {
        using var db = database.NewDb();
        var tables = PersonalModel.Of(db.Model);

        var silent = from table in tables from column in table.Columns where column.NeedsClass && column.Class is null select $"{table.Name}.{column.Name}";

        silent.ShouldBeEmpty("say in the entity’s mapping what the column holds: Personal, NotPersonal, Pseudonyms, Secrets or Mentions");
        tables.Sum(table => table.Columns.Count(column => column.NeedsClass)).ShouldBeGreaterThan(100);
    }

    [Fact]
    public void Come_with_an_owner_wherever_something_is_personal()
    {
        using var db = database.NewDb();

        var ownerless = from table in PersonalModel.Of(db.Model)
                        from column in table.Columns
                        where column.Class is DataClass.Personal or DataClass.Pseudonym && (column.Owner ?? table.Owner) is null
                        select $"{table.Name}.{column.Name}";

        ownerless.ShouldBeEmpty();
    }

    [Fact]
    public void Need_no_owner_in_events_which_tell_with_ids_times_numbers_and_words_of_closed_lists()
    {
        var events = typeof(IEvent).Assembly.GetTypes().Where(type => type.IsAssignableTo(typeof(IEvent)) && !type.IsInterface).ToList();

        var free = from told in events from property in told.GetProperties(BindingFlags.Public | BindingFlags.Instance) where !IsClosed(property.PropertyType) select $"{told.Name}.{property.Name}";

        free.ShouldBeEmpty("an event is kept, and handed on, without asking whether somebody was erased meanwhile");
        events.Count.ShouldBeGreaterThan(1);
        IsClosed(typeof(string)).ShouldBeFalse();
    }

    static bool IsClosed(Type type) => Nullable.GetUnderlyingType(type) is { } inner ? IsClosed(inner)
        : type.IsEnum || type.IsPrimitive || type == typeof(Guid) || type == typeof(decimal) || type == typeof(DateOnly) || type == typeof(DateTimeOffset);

    [Fact]
    public void Would_notice_a_column_that_says_nothing()
    {
        using var db = database.NewDb();
        var account = PersonalModel.Of(db.Model).Single(table => table.Name == "people.account");

        account.Columns.Single(column => column.Name == "display_name").ShouldSatisfyAllConditions(name => name.NeedsClass.ShouldBeTrue(), name => name.Class.ShouldBe(DataClass.Personal));
        account.Columns.Single(column => column.Name == "created_at").ShouldSatisfyAllConditions(day => day.NeedsClass.ShouldBeFalse(), day => day.Class.ShouldBeNull());
    }
}
