using Guildhall.Platform.Database;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Guildhall.Tests.Platform;

public class SnakeCaseNamesTests
{
    [Fact]
    public void Reach_tables_columns_keys_and_indexes_also_those_named_by_hand()
    {
        var member = Model().FindEntityType(typeof(Member))!;
        var table = StoreObjectIdentifier.Table("asp_net_members", "club");

        member.GetTableName().ShouldBe("asp_net_members");
        member.GetProperties().Select(property => property.GetColumnName(table)).ShouldBe(["id", "display_name", "xmin", "sponsor_id"], ignoreOrder: true);
        member.FindPrimaryKey()!.GetName().ShouldBe("pk_asp_net_members");
        member.GetForeignKeys().Single().GetConstraintName().ShouldBe("fk_asp_net_members_asp_net_members_sponsor_id");
        member.GetIndexes().Select(index => index.GetDatabaseName()).ShouldBe(["ix_asp_net_members_sponsor_id", "name_index"], ignoreOrder: true);
    }

    [Fact]
    public void Reach_the_columns_of_a_complex_property()
    {
        var fee = Model().FindEntityType(typeof(Member))!.FindComplexProperty(nameof(Member.YearlyFee))!.ComplexType;

        fee.GetProperties().Select(property => property.GetColumnName(StoreObjectIdentifier.Table("asp_net_members", "club"))).ShouldBe(["yearly_fee_minor_units"]);
    }

    [Fact]
    public void Reach_the_column_that_holds_JSON()
    {
        Model().FindEntityType(typeof(Member))!.FindComplexProperty(nameof(Member.LastFee))!.ComplexType.GetContainerColumnName().ShouldBe("last_fee");
    }

    static IModel Model()
    {
        using var club = new Club();
        return club.Model;
    }

    sealed class Fee
    {
        public long MinorUnits { get; init; }
    }

    sealed class Member
    {
        public Guid Id { get; init; }
        public required string DisplayName { get; init; }
        public uint Version { get; init; }
        public required Fee YearlyFee { get; init; }
        public required Fee LastFee { get; init; }
        public Member? Sponsor { get; init; }
    }

    sealed class Club : DbContext
    {
        protected override void OnConfiguring(DbContextOptionsBuilder optionsBuilder) => optionsBuilder.UseNpgsql();

        protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) => configurationBuilder.Conventions.Add(_ => new SnakeCaseNames());

        protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.Entity<Member>(member =>
        {
            member.ToTable("AspNetMembers", "club");
            member.Property(row => row.Version).IsRowVersion();
            member.HasIndex(row => row.DisplayName).HasDatabaseName("NameIndex");
            member.ComplexProperty(row => row.YearlyFee);
            member.ComplexProperty(row => row.LastFee, fee => fee.ToJson());
        });
    }
}
