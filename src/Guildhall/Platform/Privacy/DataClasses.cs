using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Guildhall.Platform.Privacy;

/// <summary>Whose a row or a column can be.</summary>
enum Subject { Account, Seller, Address }

/// <summary>What a column says of a person. Numbers, days and closed lists of words go with their row and need no class.</summary>
enum DataClass
{
    /// <summary>Says nothing of anybody.</summary>
    NotPersonal,

    /// <summary>Its owner gets it in their export, and it is blanked when they are erased.</summary>
    Personal,

    /// <summary>Tells rows of a person apart: exported, and replaced by a digest that leads nowhere, so that what is counted stays counted.</summary>
    Pseudonym,

    /// <summary>Opens something, such as a hash of a password: never exported, and blanked.</summary>
    Secret,

    /// <summary>One document about many people, who are named in it: searched for the person who is erased.</summary>
    Mention,
}

/// <summary>
/// How an entity's mapping says what is personal and whose it is. Export and erasure read nothing but this, and a test fails for any column of text, JSON or bytes that it leaves out (decision 0019).
/// </summary>
static class DataClasses
{
    // Texts, because the snapshot of the model that migrations keep can write nothing else.
    public const string ClassKey = "Guildhall:Class", OwnerKey = "Guildhall:Owner", ColumnOwnerKey = "Guildhall:ColumnOwner", BlankKey = "Guildhall:Blank", LeavesKey = "Guildhall:Leaves";

    public static EntityTypeBuilder<T> BelongsToAccount<T>(this EntityTypeBuilder<T> entity, Expression<Func<T, object?>> id) where T : class => entity.Owned($"{Subject.Account}:{NameOf(id)}");
    public static EntityTypeBuilder<T> BelongsToSeller<T>(this EntityTypeBuilder<T> entity, Expression<Func<T, object?>> id) where T : class => entity.Owned($"{Subject.Seller}:{NameOf(id)}");
    public static EntityTypeBuilder<T> BelongsToAddress<T>(this EntityTypeBuilder<T> entity, Expression<Func<T, object?>> address) where T : class => entity.Owned($"{Subject.Address}:{NameOf(address)}");

    /// <summary>Whoever owns the row that this one points to owns this one too.</summary>
    public static EntityTypeBuilder<T> BelongsThrough<T, TOwner>(this EntityTypeBuilder<T> entity, Expression<Func<T, object?>> id) where T : class where TOwner : class =>
        entity.Owned($"{typeof(TOwner).FullName}:{NameOf(id)}");

    /// <summary>Nobody counts these rows: they are removed when their owner is erased.</summary>
    public static EntityTypeBuilder<T> LeavesWithItsOwner<T>(this EntityTypeBuilder<T> entity) where T : class
    {
        entity.Metadata.SetAnnotation(LeavesKey, "yes");
        return entity;
    }

    public static EntityTypeBuilder<T> Personal<T>(this EntityTypeBuilder<T> entity, params Expression<Func<T, object?>>[] columns) where T : class => entity.Say(DataClass.Personal, columns);
    public static EntityTypeBuilder<T> NotPersonal<T>(this EntityTypeBuilder<T> entity, params Expression<Func<T, object?>>[] columns) where T : class => entity.Say(DataClass.NotPersonal, columns);
    public static EntityTypeBuilder<T> Pseudonyms<T>(this EntityTypeBuilder<T> entity, params Expression<Func<T, object?>>[] columns) where T : class => entity.Say(DataClass.Pseudonym, columns);
    public static EntityTypeBuilder<T> Secrets<T>(this EntityTypeBuilder<T> entity, params Expression<Func<T, object?>>[] columns) where T : class => entity.Say(DataClass.Secret, columns);
    public static EntityTypeBuilder<T> Mentions<T>(this EntityTypeBuilder<T> entity, params Expression<Func<T, object?>>[] columns) where T : class => entity.Say(DataClass.Mention, columns);

    /// <summary>The same of a column that no property of the entity stands for.</summary>
    public static EntityTypeBuilder<T> NotPersonal<T>(this EntityTypeBuilder<T> entity, string column) where T : class
    {
        Property(entity, column).SetAnnotation(ClassKey, DataClass.NotPersonal.ToString());
        return entity;
    }

    /// <summary>A column about somebody else than the row, such as the name of who wrote it.</summary>
    public static EntityTypeBuilder<T> PersonalOfAccount<T>(this EntityTypeBuilder<T> entity, Expression<Func<T, object?>> id, params Expression<Func<T, object?>>[] columns) where T : class
    {
        foreach (var column in columns) Property(entity, NameOf(column)).SetAnnotation(ColumnOwnerKey, $"{Subject.Account}:{NameOf(id)}");
        return entity.Say(DataClass.Personal, columns);
    }

    /// <summary>What stands in a personal document instead, where an empty one could not be read.</summary>
    public static EntityTypeBuilder<T> ErasesTo<T>(this EntityTypeBuilder<T> entity, Expression<Func<T, object?>> column, string blank) where T : class
    {
        Property(entity, NameOf(column)).SetAnnotation(BlankKey, blank);
        return entity;
    }

    static EntityTypeBuilder<T> Owned<T>(this EntityTypeBuilder<T> entity, string path) where T : class
    {
        entity.Metadata.SetAnnotation(OwnerKey, entity.Metadata.FindAnnotation(OwnerKey)?.Value is string before ? $"{before};{path}" : path);
        return entity;
    }

    static EntityTypeBuilder<T> Say<T>(this EntityTypeBuilder<T> entity, DataClass data, Expression<Func<T, object?>>[] columns) where T : class
    {
        foreach (var column in columns) Property(entity, NameOf(column)).SetAnnotation(ClassKey, data.ToString());
        return entity;
    }

    static IMutableProperty Property(EntityTypeBuilder entity, string name) =>
        entity.Metadata.FindProperty(name) ?? throw new InvalidOperationException($"{entity.Metadata.DisplayName()}.{name} is classified before it is mapped.");

    static string NameOf(LambdaExpression expression) => (expression.Body is UnaryExpression { Operand: var inner } ? inner : expression.Body) is MemberExpression member
        ? member.Member.Name
        : throw new ArgumentException("Name one property of the entity.", nameof(expression));
}
