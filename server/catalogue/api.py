"""Stores and items over HTTP."""

from typing import Annotated

from django.http import HttpRequest
from ninja import Query, Router

from server.catalogue import queries, services
from server.catalogue.schemas import (
    Category,
    ItemCard,
    ItemChange,
    ItemPage,
    ItemView,
    StoreList,
    StoreView,
)
from server.http import person_id
from server.schema import Id

router = Router(tags=["catalogue"])


@router.get("/items", response=ItemPage, summary="Find items")
def find_items(
    request: HttpRequest,
    q: Annotated[str, Query(max_length=queries.SEARCH_LENGTH)] = "",
    category: Annotated[Category | None, Query()] = None,
    store_id: Annotated[Id | None, Query()] = None,
    cursor: Annotated[str | None, Query(max_length=200)] = None,
) -> ItemPage:
    """Newest first. All words of `q` must stand in the title, English or Chinese."""
    return queries.item_page(
        person_id(request), search=q, category=category, store_id=store_id, cursor=cursor
    )


@router.get("/items/{item_id}", response=ItemView, summary="An item")
def get_item(request: HttpRequest, item_id: Id) -> ItemView:
    """Its page, with all pictures."""
    return queries.item_view(person_id(request), item_id)


@router.patch("/items/{item_id}", response=ItemCard, summary="Change an item")
def change_item(request: HttpRequest, item_id: Id, change: ItemChange) -> ItemCard:
    """For the store's staff; 409 when somebody changed it since `version`."""
    return services.change_item(person_id(request), item_id, change)


@router.get("/stores", response=StoreList, summary="All stores")
def get_stores(request: HttpRequest, followed: Annotated[bool, Query()] = False) -> StoreList:
    """By name. followed: only those that I follow."""
    return queries.store_list(person_id(request), followed=followed)


@router.get("/stores/{store_id}", response=StoreView, summary="A store")
def get_store(request: HttpRequest, store_id: Id) -> StoreView:
    """Its page; its items are in /items?store_id=."""
    return queries.store_view(person_id(request), store_id)


@router.put("/stores/{store_id}/follow", response=StoreView, summary="Follow a store")
def follow_store(request: HttpRequest, store_id: Id) -> StoreView:
    """Once however often it is asked."""
    return services.follow_store(person_id(request), store_id, wanted=True)


@router.delete("/stores/{store_id}/follow", response=StoreView, summary="Follow it no more")
def unfollow_store(request: HttpRequest, store_id: Id) -> StoreView:
    """Once however often it is asked."""
    return services.follow_store(person_id(request), store_id, wanted=False)
