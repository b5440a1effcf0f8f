namespace Guildhall.Modules.People;

/// <summary>A part of the product that keeps what a person is called, and follows when they change it. It joins the transaction of the change.</summary>
public interface IFollowNames
{
    /// <param name="sellerId">The shop that the person acts for.</param>
    Task Follow(Guid sellerId, string from, string to, CancellationToken stop);
}
